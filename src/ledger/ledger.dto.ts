import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { AGEING_COLUMNS, type AgeingColumn } from '../insight/domain/index.js';
import { DEBTOR_SORTS, type DebtorSort } from './debtor-sql.js';
import { RECEIVABLE_STATUSES, type ReceivableStatus } from './receivable-sql.js';

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** `?overdue=true`: anything but true and false stays as it is, and is then refused. */
const Flag = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (FLAGS[value] ?? value) : value));

/** Text that Postgres can hold. */
const Words = (): PropertyDecorator => Matches(/^[^\0]*$/, { message: 'text without the zero character' });

/** What every list takes. */
export class PageParameters {
  @ApiPropertyOptional({ description: '1 to 500, 50 by default' })
  @IsOptional()
  @IsString()
  limit?: string;

  @ApiPropertyOptional({ description: 'nextCursor of the page before' })
  @IsOptional()
  @IsString()
  cursor?: string;
}

export class DebtorListParameters extends PageParameters {
  @ApiPropertyOptional({ description: 'part of the name, code, contact or e-mail address' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Words()
  search?: string;

  @ApiPropertyOptional({ description: 'id of a segment' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Words()
  segment?: string;

  @ApiPropertyOptional({ description: 'only debtors with, or without, something overdue' })
  @IsOptional()
  @Flag()
  @IsBoolean()
  overdue?: boolean;

  @ApiPropertyOptional({ description: 'also debtors that the ledger has deleted' })
  @IsOptional()
  @Flag()
  @IsBoolean()
  deleted?: boolean;

  @ApiPropertyOptional({ enum: Object.keys(DEBTOR_SORTS), description: 'largest overdue amount first by default' })
  @IsOptional()
  @IsIn(Object.keys(DEBTOR_SORTS))
  sort?: DebtorSort;
}

export class ReceivableListParameters extends PageParameters {
  @ApiPropertyOptional({ enum: RECEIVABLE_STATUSES, description: '"open" includes what is paid in part' })
  @IsOptional()
  @IsIn(RECEIVABLE_STATUSES)
  status?: ReceivableStatus;

  @ApiPropertyOptional()
  @IsOptional()
  @Flag()
  @IsBoolean()
  overdue?: boolean;

  @ApiPropertyOptional({ enum: AGEING_COLUMNS, description: 'a column of the ageing' })
  @IsOptional()
  @IsIn(AGEING_COLUMNS)
  bucket?: AgeingColumn;

  @ApiPropertyOptional({ description: 'id of a segment' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Words()
  segment?: string;

  @ApiPropertyOptional({ description: 'the dunning level it has come to; 0 = not yet reminded' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(0)
  @Max(1000)
  level?: number;

  @ApiPropertyOptional({ description: 'held by a block now, or not' })
  @IsOptional()
  @Flag()
  @IsBoolean()
  blocked?: boolean;

  @ApiPropertyOptional({ description: 'id of a debtor' })
  @IsOptional()
  @IsUUID()
  debtor?: string;

  @ApiPropertyOptional({ description: 'part of the invoice number, the reference or the debtor’s name or code' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Words()
  search?: string;
}
