DELETE DATA { g:s-link hg:cause g:s-decision ; hg:effect g:s-treaty } ;
INSERT DATA { g:s-link hg:cause g:s-treaty ; hg:effect g:s-decision }
