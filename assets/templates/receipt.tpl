# Biên nhận chi trả. Cách viết: core/codec/template.h và assets/README.md.
# Đầu trang
if training
mark: TẬP HUẤN
space 8
end
if voided
mark: ĐÃ HUỶ
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
if header_1
text center: {header_1}
end
if header_2
text center: {header_2}
end
if header_3
text center: {header_3}
end
space 14
if wide
text center bold big: BIÊN NHẬN CHI TRẢ
end
unless wide
text center bold big: BIÊN NHẬN
text center bold big: CHI TRẢ
end
text center bold: Kỳ {period}
space 10
pair: Số: {number} | Ca {shift}
pair: Ngày giờ | {time}
if clock_unsure
text: (giờ máy chưa xác nhận)
end
rule
# Người hưởng
text: Người hưởng
space 4
text bold: {name}
space 4
field 12: Định danh | {id}
if group
field 12: Đối tượng | {group}
end
if address
field 12: Địa chỉ | {address}
end
if payee
space 6
text: Người nhận thay
space 4
text bold: {payee}
space 4
if relation
field 12: Quan hệ | {relation}
end
end
rule
# Tiền
each item
pair: {item.label} | {item.amount}
end
rule
text: Tổng số tiền đã nhận
space 4
text center bold big: {total} đồng
space 4
text: Bằng chữ:
text bold: {words}
if notes
space 6
text: Gồm các tờ:
each note
pair: {note.pieces} tờ {note.denomination} | {note.sum}
end
end
rule
# Kiểm tra
field 12: Người chi | {agent}
field 12 bold: Mã | {code}
if qr
qr 6: {qr}
end
rule
# Chữ ký: 8 chấm là 1 mm
text center: Tôi đã nhận đủ số tiền trên.
space 10
pair: Người nhận | Người chi
if wide
pair: (ký hoặc điểm chỉ, ghi rõ họ tên) | (ký)
end
unless wide
pair: (ký hoặc điểm chỉ, | (ký)
text: ghi rõ họ tên)
end
space 170
rule
if hotline
text center: Hỏi đáp: {hotline}
end
text center: Xin giữ biên nhận này.
if footer_1
text center: {footer_1}
end
if footer_2
text center: {footer_2}
end
if footer_3
text center: {footer_3}
end
# Cuối trang
if training
space 8
mark: TẬP HUẤN
text center bold: Không có giá trị nhận tiền
end
if voided
space 8
mark: ĐÃ HUỶ
text center bold: Biên nhận này không còn giá trị
end
if copy
space 8
mark: BẢN SAO {copy}
end
space 24
cut
