"""The queue in the window: its panel fed, its entries worked on, people called when it is done."""
