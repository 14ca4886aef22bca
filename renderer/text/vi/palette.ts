export const palette = {
  title: 'Tìm nhanh',
  placeholder: 'Tìm hồ sơ, người, thủ tục, lệnh…',
  field: 'Tìm hồ sơ, người, thủ tục, lệnh',
  dossiers: 'Hồ sơ',
  procedures: 'Tiếp nhận hồ sơ mới',
  commands: 'Đi tới',
  nothing: 'Không thấy. Thử gõ không dấu, hoặc gõ mấy số cuối của mã hồ sơ.',
} as const
