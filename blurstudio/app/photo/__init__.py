"""The photo on show: its analyses, the choices behind them, and what is kept of both."""
