"""Networks of a few thousand random weights, for tests that want the real engine."""

from __future__ import annotations

NETWORKS = {
    "motion": (
        "motion-spectral",
        {
            "widths": [8, 8, 8, 8],
            "depths": [1, 1, 1, 1],
            "up_depths": [1, 1, 1],
            "spectrum_channels": 4,
            "onlooker": [8, 8],
        },
    ),
    "deblur": ("deblur-unet", {"widths": [8, 8, 8], "depths": [1, 1, 1], "up_depths": [1, 1]}),
    "refine": ("survey", {"width": 8, "depth": 1}),
}


def save_tiny_networks(folder, tasks=("motion", "deblur")):
    """Save one network for each task; returns the files by task."""
    import torch

    from blurstudio.networks import build
    from blurstudio.weights.cards import ModelCard
    from blurstudio.weights.registry import save_network

    made = {}
    for task in tasks:
        architecture, config = NETWORKS[task]
        torch.manual_seed(0)
        network = build(architecture, **config)
        if task == "motion":
            # As made, the head answers with hardly any motion; a test wants to see some.
            draw = torch.Generator().manual_seed(1)
            torch.nn.init.normal_(network.head.module.weight, std=0.3, generator=draw)
        card = ModelCard(name=f"tiny-{task}", task=task, architecture=architecture, config=config)
        made[task] = str(save_network(network, card, folder).weights)
    return made
