"""What a bad experience costs, estimated from visits: each visit to a touchpoint is a small trial.

Begin with `visit_effect`: `prepare` what is known before the visits, then ask `visit_effect` for each outcome. The other
files are the checks that decide how far its answer may be believed.
"""
