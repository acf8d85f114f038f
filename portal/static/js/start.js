// Every page works without this file; each block below improves one thing and knows nothing of the others.
document.documentElement.classList.add("has-script");
