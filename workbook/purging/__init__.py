"""A quota book without the people whose way has ended: their lines emptied on every sheet, the counts kept."""
