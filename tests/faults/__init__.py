"""What is promised under load, faults and kills (facts: trust §1.3): real processes, real SIGKILL, real HTTP.

Each test prints its figures; `pytest -rP tests/faults` shows them. The long forms run by `make soak`.
"""
