import { claim } from '../commands.ts';
import { openPalette } from '../palette/palette-state.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { holderOf } from '../stores/holder.ts';
import { clearSelection, selection } from '../stores/selection.ts';
import { counted } from '../words.ts';
import styles from './list.module.css';
import { resolveAll } from './moves.ts';

/** What can be done with all that is selected; each act names how many it is for. */
export function BulkBar() {
  const ids = [...selection.value];
  const own = ids.filter((id) => holderOf(id).isMine);
  const claimable = ids.filter((id) => holderOf(id).canBeClaimed);
  const claimAll = () => {
    claimable.forEach(claim);
    clearSelection();
  };
  return (
    <div class={styles.bulk} role="toolbar" aria-label={counted(ids.length, 'selected', 'selected')}>
      <b>{ids.length} selected</b>
      <Act icon="user" label="Claim" count={claimable.length} act={claimAll} />
      <Act icon="check" label="Resolve" count={own.length} act={() => resolveAll(own)} />
      <Act icon="moon" label="Snooze" count={own.length} act={() => openPalette('snooze', own)} />
      <Act icon="forward" label="Hand over" count={own.length} act={() => openPalette('assign', own)} />
      <Act icon="tag" label="Tag" count={ids.length} act={() => openPalette('tag', ids)} />
      <button type="button" class="icon-button" aria-label="Select none" title="Select none" onClick={clearSelection}>
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

interface ActProps {
  icon: IconName;
  label: string;
  count: number;
  act: () => void;
}

function Act({ icon, label, count, act }: ActProps) {
  if (count === 0) return null;
  const words = `${label} ${count}`;
  return (
    <button type="button" class="icon-button" aria-label={words} title={words} onClick={act}>
      <Icon name={icon} size={17} />
    </button>
  );
}
