# Phiếu đăng ký tài khoản. Cách viết: core/codec/template.h và assets/README.md.
if training
mark: TẬP HUẤN
space 8
end
text center bold: {unit}
if point
text center: {point}
end
space 14
text center bold big: ĐĂNG KÝ
text center bold big: TÀI KHOẢN
text center bold: Số {number}
space 10
pair: Lúc | {at}
pair: Người ghi | {actor}
rule
field 12 bold: Người hưởng | {name}
if planned
text bold: Sẽ mở tài khoản
end
if bank
field 12 bold: Nơi mở | {bank}
end
if day
pair: Dự định ngày | {day}
end
if account
text: Số tài khoản:
text center bold big: {account}
field 12 bold: Chủ TK | {holder}
end
if whose
text: {whose}:
text bold: {owner}
end
rule
text bold: Tài khoản CHƯA được ngân hàng xác nhận.
text: Tiền vẫn chi bằng tiền mặt như cũ cho đến khi có thông báo chi qua tài khoản. Xin xem lại từng chữ số; nếu sai, báo lại ngay.
space 10
pair: Người hưởng | Người ghi
pair: (ký hoặc điểm chỉ) | (ký)
space 130
rule
text center: Xin giữ phiếu này.
if training
space 8
mark: TẬP HUẤN
end
space 24
cut
