export const palette = {
  title: 'Tìm nhanh',
  placeholder: 'Tìm hồ sơ, người, thủ tục, lệnh…',
  field: 'Tìm hồ sơ, người, thủ tục, lệnh',
  dossiers: 'Hồ sơ',
  procedures: 'Tiếp nhận hồ sơ mới',
  commands: 'Đi tới',
  time: {
    sameDay: 'trong ngày',
    workingDays: '{{days}} ngày làm việc',
    days: '{{days}} ngày',
    hours: '{{hours}} giờ làm việc',
    entered: 'cán bộ hẹn ngày',
  },
  fee: {
    free: 'miễn phí',
    perItem: '{{amount}}/{{item}}',
    perPage: '{{amount}}/trang',
    entered: 'phí do tỉnh quy định',
  },
  nothing: 'Không thấy. Thử gõ không dấu, hoặc gõ mấy số cuối của mã hồ sơ.',
} as const
