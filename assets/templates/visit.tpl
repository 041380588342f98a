# Phiếu hẹn ngày gặp lại. Có thể để lại ở cửa: chỉ có tên và ngày hẹn.
# Cách viết: core/codec/template.h và assets/README.md.
if training
mark: TẬP HUẤN
space 8
end
text center bold: {unit}
if point
text center: {point}
end
space 14
text center bold big: PHIẾU HẸN
text center: Số {number}
space 10
field 12 bold: Kính gửi | {name}
space 6
text: Hôm nay chúng tôi đến gặp ông/bà về việc nhận tiền trợ cấp qua tài khoản.
space 6
text center bold: Hẹn gặp lại
text center bold big: {day}
space 10
pair: Lúc lập phiếu | {at}
pair: Cán bộ | {actor}
rule
text: Trong khi chờ, ông/bà vẫn nhận tiền mặt như trước.
rule
text center: Xin giữ phiếu này.
if training
space 8
mark: TẬP HUẤN
end
space 24
cut
