"""Touchline: customer-experience management, self-hosted; a journey map measured from the files a company already has."""

__version__ = "0.1.0"
