"""The paper's plugins: the modules right here may speak to Pelican, the package `newspaper` may not."""
