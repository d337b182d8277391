"""What happens when machines fail: `make faults` breaks a served portal in each way while many people use it.

`world` fills a database with drafts, `stores` keeps copies of it on either engine, on `disks` that can be filled or cut off,
`sites` serves them. `people` saves and submits as many at once, `breaking` has the faults, `proxy` cuts lines at COMMIT,
`told` compares what people were told with what is there. `trial` puts these together, `report` lays the table out.
The short form of the most telling ones is `test_short.py`.
"""
