import { useState } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { Menu, MenuGroup, MenuItem } from '../parts/menu.tsx';
import { chooseView, keepView, removeView, view, views, type View } from '../stores/views.ts';
import { offerUndo } from '../stores/undo.ts';
import { ViewForm } from './view-form.tsx';

const NEW: View = { name: '', queue: '', language: '', reason: '', tag: '' };

/** Which part of the list is shown. */
export function ViewsMenu() {
  const [edited, setEdited] = useState<View | null>(null);
  const shown = view.value;
  return (
    <>
      <Menu label="Views" button={<Icon name="filter" />} buttonClass="icon-button">
        <MenuGroup label="Show">
          <MenuItem isChosen={shown === null} onChoose={() => chooseView(null)}>Everything</MenuItem>
          {views.value.map(({ name }) => (
            <MenuItem key={name} isChosen={shown?.name === name} onChoose={() => chooseView(name)}>{name}</MenuItem>
          ))}
        </MenuGroup>
        <MenuItem icon={<Icon name="plus" size={16} />} onChoose={() => setEdited(NEW)}>New view</MenuItem>
        {shown && <MenuItem icon={<Icon name="pen" size={16} />} onChoose={() => setEdited(shown)}>Change “{shown.name}”</MenuItem>}
        {shown && <MenuItem icon={<Icon name="trash" size={16} />} onChoose={() => remove(shown)}>Delete “{shown.name}”</MenuItem>}
      </Menu>
      {edited && <ViewForm view={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function remove(one: View): void {
  removeView(one.name);
  offerUndo(`“${one.name}” is deleted`, () => keepView(one, null));
}
