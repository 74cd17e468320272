"""The room's two small applications: the ballot for participants' phones, and the projector page of the facilitator."""
