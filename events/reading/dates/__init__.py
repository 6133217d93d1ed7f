"""Expressions of time: what the words say, counted from the day of publication, never from today.

Syria's clock is meant; a report without a known day of publication leaves «أمس» undated and says so.
"""
