import { checkSession } from '../stores/session.ts';
import { Card } from './card.tsx';

export function Unreachable() {
  return (
    <Card title="The desk cannot be reached" lead="Check your connection, or ask whoever runs the server.">
      <button type="button" class="button primary" onClick={() => void checkSession()}>Try again</button>
    </Card>
  );
}
