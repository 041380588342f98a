# Phiếu đồng ý, từ chối, rút lại đồng ý. Cách viết: core/codec/template.h.
if training
mark: TẬP HUẤN
space 8
end
if copy
mark: BẢN SAO {copy}
space 8
end
text center bold: {unit}
if point
text center: {point}
end
space 14
text center bold big: {title}
text center bold: Số {number}
space 10
pair: Lúc | {at}
pair: Người ghi | {actor}
rule
text: Người hưởng
text bold: {name}
pair: Số căn cước | {masked}
if party
text: Người trả lời thay ({by})
text bold: {party}
pair: Số căn cước | {party_id}
if paper
field 12: Giấy tờ | {paper}
end
if relation
pair: Quan hệ | {relation}
end
end
rule
if given
each purpose
text bold: {purpose.answer}
text: {purpose.text}
space 6
end
if read
text: Đã đọc to toàn văn cho người trả lời nghe.
end
if until
pair bold: Có giá trị đến hết | {until}
end
end
if refused
text bold: KHÔNG ĐỒNG Ý
field 12: Lý do | {reason}
text: Việc lĩnh tiền mặt không thay đổi.
end
if withdrawn
each purpose
text bold: {purpose.answer}
text: {purpose.text}
space 6
end
field 12: Cách báo | {reason}
text: Phần đã rút lại dừng từ lúc này. Việc đã làm trước đó vẫn có giá trị.
end
rule
if notice
field 12: Văn bản | {notice}
field 12: SHA-256 | {sum}
end
field 12 bold: Mã | {code}
space 8
qr 6: {qr}
space 8
if withdraw
text: Muốn rút lại, xem, sửa hoặc xoá dữ liệu: gọi {phone} hoặc đến {place}.
end
space 10
if given
if thumb
pair: Người trả lời | Người làm chứng
pair: (điểm chỉ) | (ký, ghi rõ họ tên)
space 130
pair: | {witness}
text center: Số căn cước người làm chứng: {witness_id}
end
unless thumb
pair: Người trả lời | Người ghi
pair: (ký, ghi rõ họ tên) | (ký)
space 130
end
end
unless given
pair: Người trả lời | Người ghi
pair: (ký hoặc điểm chỉ) | (ký)
space 130
end
rule
text center: Xin giữ phiếu này.
if training
space 8
mark: TẬP HUẤN
end
space 24
cut
