"""Workers, and the queue of NATS JetStream."""
