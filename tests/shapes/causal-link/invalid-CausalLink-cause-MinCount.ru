#! g:s-link | hg:cause | sh:MinCountConstraintComponent
DELETE DATA { g:s-link hg:cause g:s-decision }
