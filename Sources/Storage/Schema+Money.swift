extension Schema {
    /// Columns for the money of an order, and for a no that turns out to be an order: the shop has the last word.
    static let moneyOfOrders = """
        ALTER TABLE orders ADD COLUMN declined TEXT;
        ALTER TABLE orders ADD COLUMN refunded INTEGER;
        ALTER TABLE orders ADD COLUMN refunded_exponent INTEGER;
        ALTER TABLE orders ADD COLUMN refunded_currency TEXT;
        -- The shop's figures contradict each other: the total is what was agreed.
        ALTER TABLE orders ADD COLUMN in_doubt INTEGER NOT NULL DEFAULT 0;

        DROP TRIGGER order_intents_move_forward;
        CREATE TRIGGER order_intents_move_forward BEFORE UPDATE OF state, order_id, refusal ON order_intents
        WHEN (NEW.state = 'committed' AND OLD.state <> 'committed') OR (NEW.state = 'sent' AND OLD.state = 'unknown')
            OR (OLD.state = 'committed' AND NEW.state IN ('unknown', 'placed'))
            OR (OLD.state = 'placed'
                AND (NEW.state, NEW.order_id, NEW.refusal) IS NOT (OLD.state, OLD.order_id, OLD.refusal))
            OR (OLD.state = 'refused' AND NEW.state <> 'placed'
                AND (NEW.state, NEW.order_id, NEW.refusal) IS NOT (OLD.state, OLD.order_id, OLD.refusal))
        BEGIN SELECT RAISE(ABORT, '\(forwardOnlyMessage)'); END;
        -- Orders that stood beside their own no.
        UPDATE OR IGNORE order_intents SET state = 'placed', refusal = NULL, order_id = (
            SELECT id FROM orders WHERE orders.account = order_intents.account AND orders.key = order_intents.key)
        WHERE state = 'refused' AND EXISTS (
            SELECT 1 FROM orders WHERE orders.account = order_intents.account AND orders.key = order_intents.key);
        CREATE INDEX order_intents_by_order ON order_intents (account, order_id) WHERE state = 'placed';
        """
}
