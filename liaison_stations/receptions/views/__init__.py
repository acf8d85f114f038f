"""接待日程 as anybody sees it."""
