/** R18: two officers changed one dossier. Words of R19 only. */
export const conflict = {
  title: 'Hai người đã sửa cùng một hồ sơ',
  lead: 'Chọn cho từng mục. Bản không chọn vẫn nằm trong Diễn biến.',
  mine: 'Bản của quầy này',
  theirs: 'Bản đang có trong hồ sơ',
  third: 'Ghi khác',
  thirdText: '{{label}}: ghi khác',
  choose: 'Chọn một bản cho mục {{label}}',
  unfit: 'Chưa dùng được ở mục này. Xem lại cách ghi.',
  unknownAuthor: 'Chưa rõ ai sửa',
  others: 'Các mục sau không ai sửa trùng, vẫn được giữ:',
  otherRole: 'Vai trò đang đăng nhập không sửa được mục này. Nhờ người phụ trách chọn.',
  submit: 'Lưu lựa chọn',
  later: 'Hỏi lại sau',
  withdraw: 'Bỏ thay đổi của tôi',
  open: 'Xem và chọn',
} as const
