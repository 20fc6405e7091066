#! g:c0104-01 | | hgs:check-e12-neutral-words
DELETE DATA { g:c0104-01 hg:gist "The Gazette reports a session."@en } ;
INSERT DATA { g:c0104-01 hg:gist "The Gazette reports a torpedoed session."@en }
