import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Who talks in a transcript, for all of its parts. */
export interface People {
  conversation: string;
  visitor: string;
  seenByVisitor: number;
}

export const PeopleContext = createContext<People>({ conversation: '', visitor: 'Visitor', seenByVisitor: 0 });

export const usePeople = (): People => useContext(PeopleContext);
