INSERT DATA { h:p-page-2 oa:hasSource h:t-en }
