/** The bookshop's page about itself, in English and Vietnamese. Its meta description is missing on purpose. */
module.exports = {
  title: 'About the shop',
  introduction: `We sell books that teach something: how to bake with a starter, how to read a tide table, how to true a wheel, how to prune an apple tree in February. There are sixteen of them at the moment, and each is written by somebody who does the thing for a living.

The shop stands at the corner of the old rope works, two streets up from the ferry. It opened in 2009 with one shelf and a borrowed till. The shelf is still there, beside the window; on it are the books that came back to us with notes in the margins, which we do not sell but lend.

Every book is cut into chapters and every chapter into short pieces, because that is how people learn a craft: one piece in the morning, and the rest of the day to try it. The pieces can be read here for nothing. Who wants the whole, on paper, finds us from Tuesday to Saturday between ten and six.`,
  vi: {
    title: 'Về hiệu sách',
    introduction: `Chúng tôi bán những cuốn sách dạy một việc cụ thể: nuôi men để làm bánh, đọc bảng thủy triều, căn lại vành xe, tỉa cây táo vào tháng Hai. Hiện có mười sáu cuốn, mỗi cuốn do một người sống bằng chính nghề ấy viết ra.

Hiệu sách nằm ở góc xưởng bện thừng cũ, cách bến phà hai con phố. Ngày mở cửa năm 2009, ở đây chỉ có một kệ sách và một chiếc máy tính tiền đi mượn. Chiếc kệ ấy vẫn còn bên cửa sổ; trên đó là những cuốn quay về với chúng tôi kèm ghi chú bên lề, không bán mà chỉ cho mượn.

Mỗi cuốn được chia thành chương, mỗi chương chia thành những bài ngắn, vì người ta học nghề như thế: buổi sáng đọc một bài, phần còn lại của ngày thì làm thử. Các bài đọc ở đây đều miễn phí. Ai muốn có trọn cuốn bằng giấy thì ghé chúng tôi từ thứ Ba đến thứ Bảy, từ mười giờ sáng đến sáu giờ chiều.`,
  },
};
