"""What happens when machines fail: `make faults` breaks a served portal in each way while many people use it.

`world` fills a database with drafts, `stores` keeps copies of it on either engine, `sites` serves them, `people` saves
and submits as many at once, `told` compares what they were told with what is there, `breaking` has the faults,
`report` lays the table out. The short form of the most telling ones is `test_short.py`.
"""
