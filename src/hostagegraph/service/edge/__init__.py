"""What each request passes, and what outlasts a request: plain parts for one thing each."""
