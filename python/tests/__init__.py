"""Tests of retort_torch. Run from python/: python3 -m unittest [-v] [tests.test_vectors]"""
