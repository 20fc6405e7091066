INSERT DATA { g:c0103-04 hg:gist "המשרד רצה עיכוב"@he }
