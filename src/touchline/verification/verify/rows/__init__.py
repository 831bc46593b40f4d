"""One file per row; see `touchline.verification.verify.row`."""
