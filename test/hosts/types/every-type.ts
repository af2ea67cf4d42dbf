// Compiled with the types of every package checked, where none of the optional ones is installed.
import type { DynamicModule } from '@nestjs/common';
import * as library from 'nestjs-booking-webhooks';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import * as receiver from 'nestjs-booking-webhooks/receiver';
import * as testing from 'nestjs-booking-webhooks/testing';

export const options: WebhooksModuleOptions = { access: 'open', secretKeys: ['a key'], metrics: true };

export const host: DynamicModule = library.WebhooksModule.forRoot(options);

export const doors = [library, receiver, testing];
