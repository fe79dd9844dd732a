import { systemClock, type Clock } from '../../kernel/index.js';
import type { Connector } from '../contract/index.js';
import { check } from './administrations.js';
import { createAuth } from './auth.js';
import { declaration } from './declaration.js';
import { hear } from './hints.js';
import { meter } from './meter.js';
import { firstPosition } from './position.js';
import { pull } from './pull.js';
import { rights } from './rights.js';
import { signpost } from './signpost.js';
import { subscribe, unsubscribe } from './subscriptions.js';
import { toLedger } from './to-ledger.js';
import { probe, push, show } from './writeback.js';

/** Exact Online. The clock is only asked by `auth`, for how long to wait after a refresh that came too early. */
export function createExactOnline(clock: Clock = systemClock): Connector {
  return {
    declaration,
    meter,
    auth: (settings) => createAuth(settings, clock),
    check,
    rights,
    firstPosition,
    signpost,
    pull,
    push,
    probe,
    show,
    map: toLedger,
    hear,
    subscribe,
    unsubscribe,
  };
}

export const exactOnline: Connector = createExactOnline();
