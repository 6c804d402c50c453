// A morning at the shop Fernhill: the desk that the pictures show.
import { anotherAgent, claims, composer, replies, row, transcript } from './team.mjs';
import { Visitors } from './visitors.mjs';

const isBot = (frame) => frame.author?.kind === 'bot';
const isResolved = (frame) => frame.type === 'status' && frame.status === 'resolved';

/** Fills the desk; gives the visitors, Tom's page, and the name of the conversation with Jonas. */
export async function fillDesk(browser, desk, maya) {
  const visitors = await Visitors.open(browser, desk);
  await jonasCameBefore(visitors, maya);
  await othersOfMaya(visitors, maya);
  await thoseWhoWait(visitors);
  await thoseWithTheBot(visitors);
  const tom = await anotherAgent(browser, desk);
  const open = await talkWithJonas(visitors, maya, tom);
  return { visitors, tom, open };
}

/** An earlier conversation, with a rating. */
async function jonasCameBefore(visitors, maya) {
  await visitors.arrives('Jonas Brandt', {
    email: 'jonas@example.org',
    title: 'Your orders',
    timeZone: 'Europe/Berlin',
    referrer: 'https://search.example/',
    attributes: { Orders: '#48213, delivered 19 Nov' },
  });
  await visitors.says('Jonas Brandt', 'when will my sofa arrive');
  await visitors.hears('Jonas Brandt', isBot);
  await visitors.asksForPerson('Jonas Brandt');
  await claims(maya, 'Jonas Brandt');
  await replies(maya, 'On Thursday, between nine and twelve.');
  await transcript(maya).getByText('On Thursday, between nine and twelve.').waitFor();
  await maya.locator('header').getByRole('button', { name: /^Resolve/ }).click();
  await visitors.hears('Jonas Brandt', isResolved);
  await visitors.sends('Jonas Brandt', { type: 'rate_conversation', score: 4, comment: 'Quick' });
}

async function othersOfMaya(visitors, maya) {
  for (const [name, text, reply] of [
    ['Chiara Gallo', 'Grazie mille!', 'You are welcome, Chiara.'],
    ['Piet de Wit', 'The lamp hums when I dim it', null],
    ['Samira Aziz', 'Can the delivery come on another day?', 'I have moved it to Friday.'],
  ]) {
    await visitors.arrives(name, { title: 'Moor lamp' });
    await visitors.says(name, text);
    await visitors.asksForPerson(name);
    await claims(maya, name);
    if (reply) await replies(maya, reply);
    else await composer(maya).fill('Thanks for waiting, our lamps');
  }
}

async function thoseWhoWait(visitors) {
  await visitors.arrives('Lena Novak', { title: 'Your orders' });
  await visitors.says('Lena Novak', 'The courier says the address is wrong');
  await visitors.asksForPerson('Lena Novak');
  await visitors.arrives('from Lyon', { title: 'Delivery', locale: 'fr', isUnknown: true });
  await visitors.says('from Lyon', 'est-ce que vous livrez en Corse ?');
  await visitors.asksForPerson('from Lyon');
  await visitors.arrives('Oskar Pihl', { title: 'Returns' });
  for (const text of ['how long can I return my sofa', 'how do I return my sofa']) {
    const before = (await visitors.frames('Oskar Pihl')).filter((frame) => frame.author?.kind === 'bot').length;
    await visitors.says('Oskar Pihl', text);
    await visitors.hasHeardFromBot('Oskar Pihl', before + 1);
    const { seq } = (await visitors.frames('Oskar Pihl')).findLast((frame) => frame.author?.kind === 'bot');
    await visitors.sends('Oskar Pihl', { type: 'rate_answer', seq, helpful: false });
  }
  await visitors.hears('Oskar Pihl', (frame) => frame.type === 'event' && frame.kind === 'escalated');
}

async function thoseWithTheBot(visitors) {
  for (const [name, text] of [
    ['Nils Berg', 'do you deliver to Corsica'],
    ['Ida Lund', 'can you deliver a sofa to Corsica'],
    ['Rosa Marin', 'is the fabric safe for cats and hamsters'],
    ['Emil Krause', 'zxcv qwer asdf'],
  ]) {
    await visitors.arrives(name);
    await visitors.says(name, text);
    await visitors.hears(name, isBot);
  }
}

async function talkWithJonas(visitors, maya, tom) {
  await visitors.sends('Jonas Brandt', { type: 'page', url: 'https://fernhill.example/guarantee', title: 'Guarantee' });
  await visitors.sends('Jonas Brandt', { type: 'page', url: 'https://fernhill.example/elm', title: 'Elm sofa, 3 seats' });
  await visitors.sends('Jonas Brandt', { type: 'send_message', text: 'can I return furniture that is assembled', new: true });
  await visitors.hasHeardFromBot('Jonas Brandt', 2);
  const { seq } = (await visitors.frames('Jonas Brandt')).findLast((frame) => frame.author?.kind === 'bot');
  await visitors.sends('Jonas Brandt', { type: 'rate_answer', seq, helpful: false });
  await visitors.says('Jonas Brandt', 'A LEG IS CRACKED, CAN I GET SPARE PARTS UNDER GUARANTEE');
  await visitors.hasHeardFromBot('Jonas Brandt', 3);
  await visitors.sends('Jonas Brandt', { type: 'request_agent' });
  await row(maya, 'A LEG IS CRACKED').waitFor();
  await claims(maya, 'A LEG IS CRACKED');
  await replies(maya, 'Hi Jonas, sorry about that leg. Could you send me a photo of it?');
  await transcript(maya).getByText('Could you send me a photo of it?').waitFor();
  await tom.goto(maya.url());
  await tom.getByRole('button', { name: 'Note', exact: true }).click();
  await composer(tom).fill('@Maya Kern third cracked Elm leg this month, same batch. Replace, don’t repair.');
  await tom.getByRole('button', { name: /^Add note/ }).click();
  await transcript(maya).getByText('third cracked Elm leg').waitFor();
  await visitors.says('Jonas Brandt', 'Here it is, front left');
  await transcript(maya).getByText('front left').waitFor();
  return new URL(maya.url()).hash;
}
