"""Speed and scale, with the way an analyst would write it beside ours."""
