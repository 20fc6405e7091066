#! g:s-meeting | | hgs:check-e12-neutral-words
DELETE DATA { g:s-meeting rdfs:label "Session in Port City"@en } ;
INSERT DATA { g:s-meeting rdfs:label "Sabotaged session in Port City"@en }
