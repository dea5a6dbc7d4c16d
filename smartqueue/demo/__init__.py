"""The demo: the whole appliance on one machine, every part a process of its own."""
