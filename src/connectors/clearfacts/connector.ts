import { systemClock, type Clock } from '../../kernel/index.js';
import type { Connector } from '../contract/index.js';
import { check, rights } from './administrations.js';
import { createAuth } from './auth.js';
import { declarationOf } from './declaration.js';
import { firstPosition } from './position.js';
import type { Profile } from './profile.js';
import { pull, rescan } from './pull.js';
import { toLedger } from './to-ledger.js';
import { probe, push, show } from './writeback.js';

/** ClearFacts under a profile. The clock is only asked by `auth`, for how long to wait after a refusal. */
export function createClearFacts(profile: Profile = 'public', clock: Clock = systemClock): Connector {
  return {
    declaration: declarationOf(profile),
    auth: (settings) => createAuth(settings, { profile, clock }),
    check,
    rights: (context, administration) => rights(context, administration, profile),
    firstPosition: (object) => firstPosition(object, profile),
    pull: (context, request) => pull(context, request, profile),
    rescan: (request) => rescan(request, profile),
    push: (context, intent) => push(context, intent, profile),
    probe,
    show: (context, intent) => show(context, intent, profile),
    map: toLedger,
  };
}
