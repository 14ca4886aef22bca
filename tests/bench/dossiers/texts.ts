import { address, birthday, personalId, personName } from './people.ts'
import type { Draw } from './random.ts'

/** What officers write where the form leaves room: as long as it is at a counter, and no two alike. */

export function shortAnswer(draw: Draw): string {
  return draw.pick([
    () => 'Theo giấy tờ đã xuất trình',
    () => `Bổ sung hồ sơ tuyển sinh năm học ${draw.between(2019, 2022)}-2023`,
    () => `Làm thủ tục vay vốn tại Ngân hàng Chính sách xã hội huyện Vụ Bản, hạn nộp ${day(draw)}`,
    () => `Số ${draw.between(1, 900)}/${draw.between(1990, 2022)}, Ủy ban nhân dân thị trấn Gôi cấp ngày ${day(draw)}`,
    () => `Căn cước công dân do Cục Cảnh sát quản lý hành chính về trật tự xã hội cấp ngày ${day(draw)}`,
  ])()
}

/** A few sentences: what is asked for and why. */
export function account(draw: Draw): string {
  const sentences = [
    `Tôi là ${personName(draw)}, số định danh ${personalId(draw)}, hiện cư trú tại ${address(draw)}.`,
    draw.pick([
      `Gia đình tôi về ở từ ngày ${day(draw)}, có hợp đồng thuê nhà với ông ${personName(draw, 'male')}, đến nay chưa có ai khai báo thay đổi.`,
      `Trong giấy tờ cũ ghi ngày sinh là ${day(draw)}, không khớp với sổ gốc lưu tại Ủy ban nhân dân xã nơi đăng ký trước đây.`,
      `Việc này đã được tổ trưởng tổ dân phố là bà ${personName(draw, 'female')} xác nhận vào ngày ${day(draw)}, có hai người làm chứng cùng ký tên.`,
    ]),
    draw.pick([
      'Kính đề nghị Ủy ban nhân dân xem xét, giải quyết để gia đình kịp làm thủ tục nhập học cho cháu trước ngày khai giảng.',
      'Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình.',
      'Nếu cần bổ sung giấy tờ, xin liên hệ qua điện thoại trong giờ hành chính; chiều thứ Sáu gia đình luôn có người ở nhà.',
    ]),
  ]
  return sentences.join(' ')
}

/** What was seen on a document when it was taken in. */
export function remark(draw: Draw): string {
  return draw.pick([
    () =>
      `Số ${draw.between(100, 9000)}/${draw.between(1995, 2022)}, cấp ngày ${day(draw)}; đã đối chiếu với bản chính, khớp.`,
    () =>
      `Bản chính có dấu giáp lai, người ký ${personName(draw)}; bản sao ${draw.between(1, 4)} trang, không tẩy xóa.`,
    () => `Đã tra Cơ sở dữ liệu quốc gia về dân cư lúc tiếp nhận, thông tin của ${personName(draw)} trùng khớp.`,
    () => `Giấy tờ cũ, góc trên bên phải bị mờ; người nộp hẹn bổ sung bản trích lục trước ngày ${day(draw)}.`,
  ])()
}

function day(draw: Draw): string {
  const [year, month, date] = birthday(draw).split('-')
  return `${date}/${month}/${year}`
}
