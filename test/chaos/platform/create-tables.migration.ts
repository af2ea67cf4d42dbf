import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The platform's own tables. */
export class CreateChaosTables1763700000000 implements MigrationInterface {
  readonly name = 'CreateChaosTables1763700000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE chaos_booking (id varchar PRIMARY KEY, contract varchar NOT NULL, changes int NOT NULL)`,
    );
    await queryRunner.query(
      `CREATE TABLE chaos_change
         (key varchar PRIMARY KEY, contract varchar NOT NULL, booking varchar NOT NULL, number int NOT NULL)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE chaos_change, chaos_booking`);
  }
}
