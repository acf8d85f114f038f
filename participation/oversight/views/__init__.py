"""Public pages of appraisals."""
