"""Read by gunicorn from the folder it is started in; the command line may say otherwise."""

worker_class = "portal.operations.adapters.server.PortalWorker"
# the most gunicorn allows: our own page for long addresses (settings.LONGEST_ADDRESS) answers long before
limit_request_line = 8190
