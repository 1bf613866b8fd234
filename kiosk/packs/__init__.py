"""The folders of protocols: find, judge, install and watch them."""
