#! g:c0101-01 | hg:gist | sh:LanguageInConstraintComponent
INSERT DATA { g:c0101-01 hg:gist "La Gazette rapporte un discours."@fr }
