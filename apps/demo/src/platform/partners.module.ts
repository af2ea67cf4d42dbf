import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { Contract } from './contract.entity.js';
import { PartnersService } from './partners.service.js';
import { SignInController } from './sign-in.controller.js';
import { SignIn } from './sign-in.js';

@Module({
  imports: [TypeOrmModule.forFeature([Contract])],
  controllers: [SignInController],
  providers: [PartnersService, SignIn],
  exports: [PartnersService, SignIn],
})
export class PartnersModule {}
