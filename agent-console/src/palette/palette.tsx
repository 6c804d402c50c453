import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { Keys } from '../parts/keys.tsx';
import { HandOver } from './hand-over.tsx';
import type { PaletteItem } from './item.ts';
import { closePalette, palette, type PaletteState } from './palette-state.ts';
import styles from './palette.module.css';
import { PROMPTS, useItems } from './use-items.ts';
import type { Receiver } from './receivers.ts';

/** The command bar: every act by name, with the keys that do the same. */
export function Palette() {
  const state = palette.value;
  return state && <Bar key={state.mode} state={state} />;
}

function Bar({ state }: { state: PaletteState }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [receiver, setReceiver] = useState<Receiver | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class={styles.bar}
      aria-label={PROMPTS[state.mode].label}
      onClose={() => closePalette(state)}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      {receiver
        ? <HandOver receiver={receiver} targets={state.targets} />
        : <Chooser state={state} onReceiver={setReceiver} />}
    </dialog>
  );
}

interface ChooserProps {
  state: PaletteState;
  onReceiver: (receiver: Receiver) => void;
}

function Chooser({ state, onReceiver }: ChooserProps) {
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const { items, isSearching } = useItems(state, search, onReceiver);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const chosen = Math.min(at, items.length - 1);
  useEffect(() => document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' }), [chosen, items]);

  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    if (!item.stays) closePalette();
    item.act();
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') run(items[chosen]);
    else if (event.key === 'ArrowDown') setAt(items.length ? (chosen + 1) % items.length : 0);
    else if (event.key === 'ArrowUp') setAt(items.length ? (chosen + items.length - 1) % items.length : 0);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div class={styles.search}>
        <Icon name="find" />
        <input
          type="text"
          role="combobox"
          autoFocus
          aria-label={PROMPTS[state.mode].label}
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={items.length ? `${id}-${chosen}` : undefined}
          placeholder={PROMPTS[state.mode].placeholder}
          value={search}
          onInput={(event) => (setSearch(event.currentTarget.value), setAt(0))}
          onKeyDown={onKeyDown}
        />
        <kbd aria-hidden="true">Esc</kbd>
      </div>
      <div ref={list} id={id} class={styles.list} role="listbox" aria-label="Choices">
        {items.map((item, index) => (
          <Line
            key={item.key}
            id={`${id}-${index}`}
            item={item}
            isAt={index === chosen}
            heading={items[index - 1]?.group === item.group ? null : item.group}
            onChoose={() => run(item)}
          />
        ))}
      </div>
      <p class={styles.state} role="status">
        {items.length === 0 ? (isSearching ? 'Searching' : 'Nothing fits.') : ''}
      </p>
    </>
  );
}

interface LineProps {
  id: string;
  item: PaletteItem;
  isAt: boolean;
  heading: string | null;
  onChoose: () => void;
}

function Line({ id, item, isAt, heading, onChoose }: LineProps) {
  return (
    <>
      {heading && <div class={styles.heading} role="presentation">{heading}</div>}
      <div id={id} role="option" aria-selected={isAt} class={styles.item} onClick={onChoose}>
        {item.icon && <Icon name={item.icon} size={16} />}
        <span class={styles.label} dir="auto">{item.label}</span>
        {item.detail && <span class={styles.detail} dir="auto">{item.detail}</span>}
        {item.isChosen && <span class={styles.chosen}><Icon name="check" size={15} /><span class="for-screen-readers">chosen</span></span>}
        {item.keys && <Keys keys={item.keys} />}
      </div>
    </>
  );
}
