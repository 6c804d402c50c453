import { effect } from '@preact/signals';
import { render } from 'preact';
import 'web-shared/tokens.css';

import { startTitle } from './alerts/alerts.ts';
import { prepareSound } from './alerts/sound.ts';
import { App } from './app/app.tsx';
import './base.css';
import { startClock } from './stores/clock.ts';
import { themeAttribute } from './stores/preferences.ts';
import { startRoute } from './stores/route.ts';
import { beginSession } from './stores/session.ts';

effect(() => {
  const { dataset } = document.documentElement;
  if (themeAttribute.value) dataset.theme = themeAttribute.value;
  else delete dataset.theme;
});

startClock();
startRoute();
startTitle();
prepareSound();
render(<App />, document.getElementById('app')!);
void beginSession(location.hash);
