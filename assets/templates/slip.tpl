# Phiếu cuối ca. Cách viết: core/codec/template.h và assets/README.md.
# Đầu trang
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
text center bold big: PHIẾU CUỐI CA
text center bold: Ca {shift}
space 10
pair: Số | {number}
pair: Người chi | {agent}
pair: Mở ca | {opened}
pair: Đóng ca | {closed}
if clock_unsure
text: (giờ máy chưa xác nhận)
end
rule
# Theo sổ
pair: Số lượt chi | {payouts}
pair: Tiền mặt đã nhận | {float_in}
pair: Đã chi trả | {paid}
pair: Đã nộp lại | {float_out}
pair bold: Phải còn theo sổ | {expected}
rule
# Kiểm đếm
text: Kiểm đếm
each note
pair: {note.pieces} tờ {note.denomination} | {note.sum}
end
pair bold: Thực tế đếm được | {counted}
text: Bằng chữ:
text bold: {words}
rule
if over
text center bold big: THỪA {over}
end
if missing
text center bold big: THIẾU {missing}
end
if differs
text: So với sổ: {differs}
end
unless over
unless missing
text center bold: Khớp với sổ
end
end
if reason
field 12: Lý do | {reason}
end
if stand_in
field 12: Đóng thay | {stand_in}
end
if second
pair: Người cùng kiểm | {second}
end
rule
# Kiểm tra
field 12 bold: Mã | {code}
if qr
qr 6: {qr}
end
rule
# Chữ ký: 8 chấm là 1 mm
pair: Người chi | Người cùng kiểm
pair: (ký, ghi rõ họ tên) | (ký)
space 130
rule
text center: Xin giữ phiếu này để mở ca sau.
# Cuối trang
if training
space 8
mark: TẬP HUẤN
end
if copy
space 8
mark: BẢN SAO {copy}
end
space 24
cut
