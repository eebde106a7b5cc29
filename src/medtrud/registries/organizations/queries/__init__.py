"""Reading organisations, their structure, employments and clinics."""
