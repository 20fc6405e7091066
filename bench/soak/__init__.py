"""Mixed load for minutes: honest clients must not notice a hostile one."""
