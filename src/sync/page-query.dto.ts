import { IsOptional, IsString } from 'class-validator';

/** `?limit=&cursor=`; `readPage` judges the values. */
export class PageQueryDto {
  @IsOptional()
  @IsString()
  limit?: string;

  @IsOptional()
  @IsString()
  cursor?: string;
}
